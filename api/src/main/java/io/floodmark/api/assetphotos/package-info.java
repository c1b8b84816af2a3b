/** Photos of assets, and the addresses under which photos are served. */
package io.floodmark.api.assetphotos;
