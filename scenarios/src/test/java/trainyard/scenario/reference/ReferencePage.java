package trainyard.scenario.reference;

import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.ValueType;

/** The reference of the scenario format in Markdown: one table per section. */
final class ReferencePage {

    private static final String HEAD = """
            # Scenario reference

            Written by `trainyard` from the code that reads scenarios; a test fails when it is stale. The same description
            gives the JSON schema (`trainyard schema`), from which an editor completes and checks.

            A scenario is YAML 1.2 or JSON. A quantity carries its unit (`400 Gb/s`, `80 GiB`, `15 min`); a single value
            may carry its source: `{value: 1.9 USD/GPU-hour, source: price list, as-of: 2026-11}`. Dotted paths such as
            `job.parallel.tensor` address every value: in `sweep`, `variants`, `vary` and with `--set`.

            Nothing that is written is ignored without a word. A key of which the table says `Only with ...` is refused (exit
            code 2) where no cell of the study reads it; if it lost its effect to a choice that `extends` or `--set` laid over
            it, a note says so. `--set` of a value that a sweep or the variants that are run replace in every cell is refused, too; the
            values of a sweep are set by `sweep.` and its path. What describes the machines or a fault may stand even if it does not come to pass in a run.
            """;

    private ReferencePage() {}

    /** The page. */
    static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        append(page, ScenarioFormat.SECTION);
        return page.toString();
    }

    private static void append(StringBuilder page, Section section) {
        String title = section.name().isEmpty() ? "Top level" : "`" + section.name() + "`";
        page.append("\n## ").append(title).append("\n\n").append(section.doc()).append("\n\n");
        page.append("| key | value | default | meaning |\n|---|---|---|---|\n");
        section.fields().forEach(field -> appendRow(page, field));
        section.fields().forEach(field -> appendChild(page, field.type()));
    }

    private static void appendChild(StringBuilder page, ValueType<?> type) {
        if (type instanceof Section child) {
            append(page, child);
        } else if (type instanceof MapType<?> map && map.type() instanceof Section child) {
            append(page, child);
        } else if (type instanceof ListType<?> list && list.type() instanceof Section child) {
            append(page, child);
        }
    }

    private static void appendRow(StringBuilder page, Field<?> field) {
        String standard = field.defaultText()
                .filter(text -> !text.isEmpty())
                .map(text -> "`" + text + "`")
                .orElse(field.required() ? "required" : "");
        page.append("| `")
                .append(field.key())
                .append("` | ")
                .append(cell(field.type().describe()));
        page.append(" | ")
                .append(standard)
                .append(" | ")
                .append(cell(field.fullDoc()))
                .append(" |\n");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
