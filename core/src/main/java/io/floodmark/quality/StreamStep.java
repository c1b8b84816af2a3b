package io.floodmark.quality;

import java.util.Optional;

/**
 * What a test that goes along with a series says of its newest sample.
 *
 * @param <S> what the test remembers
 * @param after what it remembers with this sample
 * @param flag of this sample, from what came before it
 * @param onEarlier what this sample says of the one before it, where that had to wait for it
 */
public record StreamStep<S>(S after, QualityFlag flag, Optional<QualityFlag> onEarlier) {
  static <S> StreamStep<S> of(S after, QualityFlag flag) {
    return new StreamStep<>(after, flag, Optional.empty());
  }
}
