/** How data reaches the GPUs. {@link trainyard.scenario.section.input.InputSection} is the section {@code input}. */
package trainyard.scenario.section.input;
