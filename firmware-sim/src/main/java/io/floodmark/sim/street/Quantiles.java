package io.floodmark.sim.street;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A distribution of positive values of which some quantiles are known. Between two of them the
 * logarithm of the value is taken to grow evenly.
 *
 * @param known by rising share; the first at share 0, the last at share 1
 */
record Quantiles(List<Quantile> known) {
  /** A share of all values, 0 to 1, lies below this value. */
  record Quantile(double share, double value) {}

  Quantiles {
    known = List.copyOf(known);
    if (known.get(0).share() != 0 || known.get(known.size() - 1).share() != 1) {
      throw new IllegalArgumentException("Quantiles reach from share 0 to share 1: " + known);
    }
  }

  /** Share, value, share, value. */
  static Quantiles of(double... sharesAndValues) {
    Quantile[] quantiles = new Quantile[sharesAndValues.length / 2];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = new Quantile(sharesAndValues[2 * i], sharesAndValues[2 * i + 1]);
    }
    return new Quantiles(List.of(quantiles));
  }

  double draw(RandomGenerator random) {
    return at(random.nextDouble());
  }

  /** The value below which {@code share} of all lie. */
  double at(double share) {
    int upper = 1;
    while (upper < known.size() - 1 && known.get(upper).share() < share) {
      upper++;
    }
    Quantile from = known.get(upper - 1);
    Quantile to = known.get(upper);
    double way = (share - from.share()) / (to.share() - from.share());
    return from.value() * Math.pow(to.value() / from.value(), way);
  }
}
