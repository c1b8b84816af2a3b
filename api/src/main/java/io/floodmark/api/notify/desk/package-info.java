/** {@code /staff/channels}: where warnings go, whether they arrive, what was given up. */
package io.floodmark.api.notify.desk;
