/** What a plate looks like in print: its address, its QR symbol, sheets of labels as PDF. Pure. */
package io.floodmark.api.plates.label;
