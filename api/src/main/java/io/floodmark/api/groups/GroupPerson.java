package io.floodmark.api.groups;

/**
 * Somebody in charge of a residential group. Personal data, for staff only.
 *
 * @param id the database's; 0 before there is one
 * @param name of the person
 * @param duty as "Tổ trưởng"
 * @param phone empty where none is known
 */
public record GroupPerson(int id, String name, String duty, String phone) {
  @Override
  public String toString() {
    return "GroupPerson[" + id + "]";
  }
}
