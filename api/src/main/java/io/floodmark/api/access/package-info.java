/** Who calls, and whether they may: sessions, API tokens, guards, the audit log. */
package io.floodmark.api.access;
