package trainyard.scenario.importing.deepspeed;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * The number format of a DeepSpeed configuration: {@code fp16}, {@code bf16}, or that of {@code torch_autocast} (deepspeed/runtime/
 * config.py, DtypeEnum, and runtime/torch_autocast.py, read 2026-11).
 */
final class NumberFormats {

    private static final String PRECISION = "job.precision";
    private static final String AUTOCAST = "torch_autocast";

    /** Names of a format behind {@code torch.}, or alone. */
    private static final Map<String, String> DTYPES = Map.of(
            "bfloat16", "bf16",
            "bf16", "bf16",
            "float16", "fp16",
            "fp16", "fp16",
            "half", "fp16",
            "float32", "fp32",
            "fp32", "fp32",
            "float", "fp32");

    private final JsonObject root;
    private final Draft draft;
    private final ImportLog log;

    NumberFormats(JsonObject root, Draft draft) {
        this.root = root;
        this.draft = draft;
        this.log = draft.log();
    }

    /**
     * @throws ScenarioException if two formats are enabled, or one is none
     */
    void put() {
        Optional<Found> half = enabled("fp16");
        Optional<Found> brain = enabled("bf16").or(() -> enabled("bfloat16"));
        Optional<Found> openBrain = open("bf16").or(() -> open("bfloat16"));
        Optional<Found> open = openBrain.or(() -> open("fp16"));
        if (half.isPresent() && brain.isPresent()) {
            throw new ScenarioException(Problem.at(
                    brain.get().position(),
                    Problem.Kind.PLAN,
                    "fp16 and bf16 are both enabled, which DeepSpeed refuses",
                    "disable one of them"));
        }
        half.ifPresent(found -> draft.read(PRECISION, "fp16", found));
        brain.ifPresent(found -> draft.read(PRECISION, "bf16", found));
        root.object(AUTOCAST).ifPresent(this::autocast);
        if (!draft.has(PRECISION) && open.isPresent()) {
            String likely = openBrain.isPresent() ? "bf16" : "fp16";
            draft.assume(PRECISION, likely, "\"auto\": the trainer decides");
            log.warn(Problem.at(
                    open.get().position(),
                    Problem.Kind.VALUE,
                    "\"auto\" leaves the precision to the trainer; " + likely + " is assumed",
                    "state it with --set job.precision=bf16, fp16 or fp32"));
        } else if (!draft.has(PRECISION)) {
            draft.assume(PRECISION, "fp32", "neither fp16 nor bf16 nor torch_autocast is enabled");
        }
    }

    /** Where neither fp16 nor bf16 is enabled, weights have 32 bits and products the format of this section. */
    private void autocast(JsonObject section) {
        Optional<Found> enabled = section.flag("enabled");
        Optional<Found> dtype = section.value("dtype");
        section.ignoreRest(log, IgnoredKeys::reason);
        boolean on = enabled.filter(found -> found.text().equals("true")).isPresent();
        if (on && !draft.has(PRECISION)) {
            log.note(Fate.READ, enabled.get(), "products have the format of " + AUTOCAST + ".dtype");
            dtype.ifPresentOrElse(
                    this::products, () -> draft.assume(PRECISION, "fp16", "default of PyTorch's autocast on GPUs"));
        } else {
            String why = on ? "fp16 or bf16 says which format is used" : AUTOCAST + " is not enabled";
            Stream.of(enabled, dtype).flatMap(Optional::stream).forEach(found -> log.note(Fate.IGNORED, found, why));
        }
    }

    private void products(Found dtype) {
        String word = DTYPES.get(dtype.text().replaceFirst("^torch\\.", ""));
        if (word == null) {
            throw new ScenarioException(Problem.at(
                    dtype.position(),
                    Problem.Kind.VALUE,
                    dtype.name() + " is a format of 16 or 32 bits, not '" + dtype.text() + "'",
                    Nearest.hint(dtype.text(), DTYPES.keySet()),
                    "known: bfloat16, float16, float32"));
        }
        draft.infer(PRECISION, word, dtype, "of products; DeepSpeed keeps the weights themselves in 32 bits");
    }

    private Optional<Found> open(String format) {
        return root.object(format)
                .flatMap(keys -> keys.flag("enabled"))
                .filter(found -> found.text().equals("auto"));
    }

    /** The switch of a section, if it is on; of the section's other keys it is said why they have no part. */
    private Optional<Found> enabled(String format) {
        Optional<JsonObject> section = root.object(format);
        Optional<Found> flag = section.flatMap(keys -> keys.flag("enabled"));
        section.ifPresent(keys -> keys.ignoreRest(log, IgnoredKeys::reason));
        flag.filter(found -> found.text().equals("auto"))
                .ifPresent(found -> log.note(
                        Fate.OPEN,
                        found,
                        "\"auto\": the trainer decides; --set job.precision=bf16, fp16 or fp32 states it"));
        flag.filter(found -> found.text().equals("false"))
                .ifPresent(found -> log.note(Fate.READ, found, "not enabled"));
        return flag.filter(found -> found.text().equals("true"));
    }
}
