/** CAP 1.2 (OASIS CAP-v1.2-os): documents about our alerts, kept for ever, and their Atom feed. */
package io.floodmark.api.cap;
