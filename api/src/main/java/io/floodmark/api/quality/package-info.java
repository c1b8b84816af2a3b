/**
 * "Đúng, đủ, sạch, sống": how right, complete, clean and alive the register and the sensors are,
 * measured, with what to fix next.
 */
package io.floodmark.api.quality;
