/**
 * What GPUs cost over years, owned, rented or both. {@link trainyard.scenario.section.tco.TcoSection} is the section
 * {@code tco}.
 */
package trainyard.scenario.section.tco;
