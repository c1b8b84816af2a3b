/**
 * Staff accounts: signing in, sessions, people, API tokens, the audit log, and the desk they come
 * to.
 */
package io.floodmark.api.staff;
