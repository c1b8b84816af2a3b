/** The doorbell: how one process learns what another has committed. */
package io.floodmark.live;
