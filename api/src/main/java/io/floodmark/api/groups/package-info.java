/** Residential groups (tổ dân phố), and for staff their people in charge. */
package io.floodmark.api.groups;
