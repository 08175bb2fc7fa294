package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trainyard.Goldens;
import trainyard.parallel.kernel.ModellingElement;
import trainyard.scenario.validity.ValidityTable;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.Verification;
import trainyard.sim.csv.CsvTable;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * What each effect is worth, and that the page on accuracy says so. {@code -Dtrainyard.update=true} renews its table, for
 * which every source is scored; otherwise those with few rows are, which takes seconds.
 */
class AblationTest {

    private static final String PART = "what each effect is worth";
    private static final String EVERYTHING = "everything";

    /** The rest have 1,055 of the 1,267 gated rows; of them the page repeats the line with everything from another table. */
    private static final List<String> SMALL = List.of(
            "bloom_a100",
            "fms_fsdp",
            "korthikanti_e2e",
            "llama3_opt_bloom",
            "megatron_2020",
            "megatron_moe_zoo",
            "megatron_sc21",
            "vtrain_multinode",
            "zero_bubble");

    /** Sources that state times, which an effect left out can only shorten; a rate would rise. */
    private static final List<String> TIMES = List.of("korthikanti_e2e", "bloom_a100");

    /** The page shows a tenth of a percentage point; what the model changes by less than this misleads nobody. */
    private static final double PERCENTAGE_POINTS = 0.3;

    private static final boolean UPDATE = Boolean.getBoolean("trainyard.update");

    private static final AtomicInteger DONE = new AtomicInteger();

    private static Measurements scored;
    private static Ablation ablation;
    private static Map<String, Map<String, Cell>> page;

    /** A cell of the page, in per cent. */
    private record Cell(double meanAbsolute, double bias) {

        static Cell of(String text) {
            String[] numbers = text.replace(")", "").split(" \\(");
            return new Cell(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
        }
    }

    @BeforeAll
    static void score() {
        Map<String, CsvTable> tables =
                new LinkedHashMap<>(Measurements.shipped().bySource());
        if (!UPDATE) {
            tables.keySet().retainAll(SMALL);
        }
        scored = new Measurements(tables);
        ablation = Ablation.of(HardwareCatalog.load(), scored, DONE::set);
        if (UPDATE) {
            Goldens.checkPart(Goldens.project().resolve("docs/accuracy.md"), PART, markdown());
        }
        page = cells(Goldens.part(Goldens.project().resolve("docs/accuracy.md"), PART));
    }

    private static String markdown() {
        StringBuilder table = new StringBuilder("| | " + String.join(" | ", ablation.sources()) + " |\n");
        table.append("|---").append("|---".repeat(ablation.sources().size())).append("|\n");
        ablation.errors()
                .forEach((line, errors) -> table.append("| ")
                        .append(line.replace(":", ""))
                        .append(errors.stream()
                                .map(Ablation.Error::text)
                                .collect(Collectors.joining(" | ", " | ", " |\n"))));
        return table.toString();
    }

    /** Of each line the cell of each source. */
    private static Map<String, Map<String, Cell>> cells(String table) {
        List<List<String>> lines = table.lines()
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" ?\\| ?")))
                .toList();
        Map<String, Map<String, Cell>> cells = new LinkedHashMap<>();
        for (List<String> line : lines.subList(2, lines.size())) {
            Map<String, Cell> row = new LinkedHashMap<>();
            for (int i = 1; i < line.size(); i++) {
                row.put(lines.get(0).get(i), Cell.of(line.get(i)));
            }
            cells.put(line.get(0), row);
        }
        return cells;
    }

    @Test
    void hasALineForEveryEffectAndForTheChoiceOfNccl() {
        List<String> lines = new ArrayList<>(List.of(EVERYTHING));
        for (ModellingElement element : ModellingElement.values()) {
            lines.add("without: " + element.label());
        }
        lines.add("without: choice of NCCL (rings only)");

        assertThat(ablation.sources()).containsAll(SMALL);
        assertThat(ablation.errors().keySet()).containsExactlyElementsOf(lines);
        assertThat(ablation.text().lines().skip(3).map(line -> line.replaceAll(" {2,}.*", "")))
                .containsExactlyElementsOf(lines);
    }

    @Test
    void tellsEveryRowOfEveryPass() {
        int rows = Verification.rows(TrainingSuite.of(HardwareCatalog.load()), scored);
        assertThat(DONE).hasValue(Ablation.passes() * rows);
    }

    @Test
    void thePageOnAccuracySaysWhatEachEffectIsWorth() {
        assertThat(page.keySet())
                .containsExactlyElementsOf(ablation.errors().keySet().stream()
                        .map(line -> line.replace(":", ""))
                        .toList());
        ablation.errors().forEach((line, errors) -> {
            for (int i = 0; i < errors.size(); i++) {
                String source = ablation.sources().get(i);
                Cell shown = page.get(line.replace(":", "")).get(source);
                String where = line + " of " + source + "; run once with -Dtrainyard.update=true";
                assertThat(shown.meanAbsolute())
                        .as("mean error %s", where)
                        .isCloseTo(errors.get(i).meanAbsolutePercent().orElseThrow(), within(PERCENTAGE_POINTS));
                assertThat(shown.bias())
                        .as("bias %s", where)
                        .isCloseTo(errors.get(i).biasPercent().orElseThrow(), within(PERCENTAGE_POINTS));
            }
        });
    }

    /** Reports show the same table of errors, so that the sources that are too large to score here are in step too. */
    @Test
    void everythingIsWhatReportsShow() {
        assumeFalse(UPDATE, "the table of reports may be renewed in the same run");
        List<ValidityTable.Row> gated = ValidityTable.shipped().rows().stream()
                .filter(row -> row.suite().equals("training") && row.gated() > 0)
                .toList();

        assertThat(page.get(EVERYTHING))
                .containsOnlyKeys(gated.stream().map(ValidityTable.Row::source).toArray(String[]::new));
        assertThat(gated)
                .allSatisfy(row -> assertThat(page.get(EVERYTHING).get(row.source()))
                        .isEqualTo(new Cell(row.meanErrorPercent(), row.biasPercent())));
    }

    /** Every effect costs time, so leaving it out makes predictions shorter somewhere and longer nowhere. */
    @Test
    void leavingAnEffectOutShortensTheStep() {
        for (ModellingElement element : ModellingElement.values()) {
            double change = 0;
            for (String source : TIMES) {
                double before = bias(EVERYTHING, source);
                double after = bias("without: " + element.label(), source);
                assertThat(after).as(element.label()).isLessThanOrEqualTo(before + 1e-9);
                change += before - after;
            }
            assertThat(change).as(element.label()).isPositive();
        }
    }

    private static double bias(String line, String source) {
        int column = ablation.sources().indexOf(source);
        return ablation.errors().get(line).get(column).biasPercent().orElseThrow();
    }
}
