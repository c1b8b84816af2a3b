/** What comes next at sensors: read from the database, told in JSON and in words. */
package io.floodmark.api.nowcast;
