/**
 * Streets whose every reading is labelled with the truth: what the water did, and what else stood
 * in the beam. Pure; the same seed gives the same street.
 *
 * <p>{@code StreetMix} says how much of what, {@code StreetPlan} draws it, {@code StreetLife}
 * answers what a sensor sees at a time and how much rain has fallen, {@code LabelledSeries} and
 * {@code RainSeries} are the readings that come of it, {@code Journey} carries them.
 */
package io.floodmark.sim.street;
