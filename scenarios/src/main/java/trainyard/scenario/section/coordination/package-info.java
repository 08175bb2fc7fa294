/**
 * How parties agree, wait and hand work on: the sections {@code processes}, {@code coordinator}, {@code work-queue} and
 * {@code controllers}.
 */
package trainyard.scenario.section.coordination;
