-- A sensor's memory of some 2 kB stays in its row as it is: to compress it anew with every batch took longer than to
-- write it.
ALTER TABLE sensor_state SET (toast_tuple_target = 8160);
