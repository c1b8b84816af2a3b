/** Who may do what: roles of people, rights of people and programs. Pure. */
package io.floodmark.staff;
