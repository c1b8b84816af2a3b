/**
 * The simulated street. Knows of the rest of Floodmark what any sensor maker knows:
 * docs/wire-format.md.
 *
 * <p>The way of a reading: {@code scenario.FloodScenario} says what is in front of a sensor (the
 * scenario street asks {@code street.StreetLife}), {@code device.Instrument} measures it with noise
 * and a wrong clock, {@code device.SimulatedSensor} decides when, {@code reading.JsonReadings}
 * writes it, {@code uplink.Backlog} keeps it, {@code uplink.Uplink} sends it until it is
 * acknowledged, {@code uplink.MqttLink} is one connection of Paho's. {@code replay.Replay} puts
 * rows of a file where the instrument was.
 *
 * <p>One thread, {@code uplink.SimLoop}, owns all of this; Paho's threads hop to it.
 */
package io.floodmark.sim;
