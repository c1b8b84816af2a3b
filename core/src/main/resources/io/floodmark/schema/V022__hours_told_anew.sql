-- Releases before this one could leave a reading out of its hour for good, if it was committed just while that hour was
-- told. Which hours those are nobody can tell, so all are told anew, in the background; charts take them from the
-- readings until then.
TRUNCATE reading_hour, reading_late, reading_rollup;
