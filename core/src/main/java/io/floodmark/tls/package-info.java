/** Certificates and keys of our servers: read from files, and read again when those change. */
package io.floodmark.tls;
