/** The database: its address, and the schema that is the contract between writer and readers. */
package io.floodmark.schema;
