/** How a request reaches its route: who may, in which language, with which body. */
package io.floodmark.api.routes;
