package io.floodmark.api.alerts;

import java.time.Instant;
import java.util.Optional;

/**
 * What the authorities say, as an operator copied it. Our own levels never borrow its names.
 *
 * @param scale {@code alarm}: báo động I to III at a hydrological station (Decision
 *     05/2020/QĐ-TTg); {@code risk}: disaster risk level 1 to 5 (Decision 18/2021/QĐ-TTg)
 * @param level 1 to 3, or 1 to 5
 * @param place the station; of a risk level hazard and area
 * @param source who issued it, with its number
 * @param link to it
 * @param validFrom when it begins to hold
 * @param validUntil when it no longer does
 * @param recordedAt when it was copied
 * @param recordedBy by whom; for staff
 */
public record Bulletin(
    int id,
    String scale,
    int level,
    String place,
    String source,
    Optional<String> link,
    Instant validFrom,
    Instant validUntil,
    Instant recordedAt,
    String recordedBy) {}
