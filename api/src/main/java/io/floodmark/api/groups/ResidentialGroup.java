package io.floodmark.api.groups;

/**
 * A residential group (tổ dân phố).
 *
 * @param id the database's
 * @param code short and lasting, as {@code tdp-03}
 * @param name as people say it
 * @param retired whether it is no longer in use; what belongs to it stays
 * @param assets how many houses, trees and other things belong to it, 0 or more
 */
public record ResidentialGroup(int id, String code, String name, boolean retired, int assets) {
  /** As it stands in the audit log. */
  public String subject() {
    return "group:" + code;
  }
}
