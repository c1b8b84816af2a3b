package io.floodmark.api.plates;

import java.time.Instant;

/**
 * Plates that were made together, as far as the reader may see them. Immutable.
 *
 * @param format what they are printed on
 * @param actor who made them
 * @param note what they are for; may be empty
 * @param plates how many
 * @param unprinted how many of them nobody has said to be printed
 * @param mounted how many hang
 */
public record PlateBatch(
    long id,
    Instant madeAt,
    PlateFormat format,
    String actor,
    String note,
    int plates,
    int unprinted,
    int mounted) {}
