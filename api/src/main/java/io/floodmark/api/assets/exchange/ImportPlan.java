package io.floodmark.api.assets.exchange;

import io.floodmark.api.access.Caller;
import java.util.Optional;

/**
 * How a list is to be imported. Immutable.
 *
 * @param kind of all rows; empty where a column says it
 * @param mapping of its columns
 * @param caller who imports; only into their residential groups
 * @param listName that new assets are known from, and that histories give as the reason
 */
public record ImportPlan(
    Optional<String> kind, ColumnMapping mapping, Caller caller, String listName) {}
