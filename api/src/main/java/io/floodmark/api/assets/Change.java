package io.floodmark.api.assets;

import io.floodmark.api.access.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * Who changes the register, when and why: what histories and the audit log keep.
 *
 * @param caller who it is
 * @param at when
 * @param address where they are, where it came over a network
 * @param reason in their words
 */
public record Change(
    Caller caller, Instant at, Optional<String> address, Optional<String> reason) {}
