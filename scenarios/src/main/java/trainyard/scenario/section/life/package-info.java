/**
 * A long job that meets faults: detectors, recovery. {@link trainyard.scenario.section.life.LifeSection} is the section
 * {@code life}.
 */
package trainyard.scenario.section.life;
