/**
 * A long job that meets faults: causes of faults, detectors, recovery.
 * {@link trainyard.scenario.section.life.LifeSection} is the section {@code life}.
 */
package trainyard.scenario.section.life;
