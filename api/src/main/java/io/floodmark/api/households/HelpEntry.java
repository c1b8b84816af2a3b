package io.floodmark.api.households;

/**
 * A household that needs help, with where to find it.
 *
 * @param household who
 * @param assetId of the house
 * @param label of the house, as "12 Phố Bần"
 * @param groupName its residential group; empty for none
 */
public record HelpEntry(Household household, long assetId, String label, String groupName) {}
