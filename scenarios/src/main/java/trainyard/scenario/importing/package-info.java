/**
 * Configurations that others wrote, read as Trainyard's own: a Hugging Face {@code config.json} becomes a model ({@link
 * trainyard.scenario.importing.HuggingFaceConfig}). Files are read, never executed; what is not understood and may matter is
 * an error that names file, line and column.
 */
package trainyard.scenario.importing;
