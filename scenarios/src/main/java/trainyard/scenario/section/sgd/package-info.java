/** Training with real gradients. {@link trainyard.scenario.section.sgd.SgdSection} is the section {@code sgd}. */
package trainyard.scenario.section.sgd;
