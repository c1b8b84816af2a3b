package io.floodmark.bench.nowcast;

import io.floodmark.nowcast.Outlook;
import io.floodmark.nowcast.WaterSample;
import java.util.OptionalDouble;

/**
 * What was told at one believed reading with water.
 *
 * @param newest the reading
 * @param mmPerMin its slope over the last ten minutes, or since the water came; empty where
 *     readings are too few
 * @param nextLevel the level above what stands, 1 to 5; 5 where there is none
 * @param outlook what the program tells
 */
record Told(WaterSample newest, OptionalDouble mmPerMin, int nextLevel, Outlook outlook) {}
