/** How the web server speaks: problems, parameters, entity tags, bodies. */
package io.floodmark.api.http;
