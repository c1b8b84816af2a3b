package io.floodmark.nowcast;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A line of least squares through samples, over the minutes since the first of them.
 *
 * @param atFirst its value at the first sample
 * @param perMinute its slope; zero where the samples span no time
 */
record Line(double atFirst, double perMinute) {

  /** Through one sample or more; of none it is zero. */
  static Line through(List<WaterSample> samples, ToDoubleFunction<WaterSample> value) {
    if (samples.isEmpty()) {
      return new Line(0, 0);
    }
    double meanX = 0;
    double meanY = 0;
    for (WaterSample sample : samples) {
      meanX += minute(samples, sample) / samples.size();
      meanY += value.applyAsDouble(sample) / samples.size();
    }
    double covariance = 0;
    double variance = 0;
    for (WaterSample sample : samples) {
      double x = minute(samples, sample) - meanX;
      covariance += x * (value.applyAsDouble(sample) - meanY);
      variance += x * x;
    }
    double slope = variance == 0 ? 0 : covariance / variance;
    return new Line(meanY - slope * meanX, slope);
  }

  /** Its value so many minutes after the first sample. */
  double at(double minute) {
    return atFirst + perMinute * minute;
  }

  static double minute(List<WaterSample> samples, WaterSample sample) {
    return WaterRun.minutes(samples.get(0).at(), sample.at());
  }
}
