"""Recipe of the starter packages: a throwaway environment's programs, never imported by kiosk. See README.md."""
