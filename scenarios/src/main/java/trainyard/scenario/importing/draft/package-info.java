/**
 * A scenario in the making: each importer puts the values that it finds into a {@code Draft} together with the place they
 * come from, and tells the {@code ImportLog} what it read, inferred, assumed and ignored. The draft checks each value
 * against the scenario format at once, so that a mistake is reported where it stands in the file that the user gave.
 */
package trainyard.scenario.importing.draft;
