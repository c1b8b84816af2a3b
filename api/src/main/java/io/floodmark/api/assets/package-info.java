/**
 * The register: houses, trees and whatever else the ward tags. Kinds are rows and not code; what is
 * written passes one check, whether it comes from a form, a program or a list.
 */
package io.floodmark.api.assets;
