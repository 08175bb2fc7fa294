package trainyard.scenario.importing.megatron;

import java.util.Map;
import java.util.Optional;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Problem;

/** Flags that say how many words there are; defaults as in {@link ModelFlags}, among whose names theirs are. */
final class VocabularyFlags {

    private static final long PADDING = 128;

    /** Words of the vocabularies that a type of tokenizer always has (GPT-2: OpenAI 2019; Llama 2 and 3: Meta 2023, 2024). */
    private static final Map<String, Long> VOCABULARIES =
            Map.of("gpt2bpetokenizer", 50257L, "llama2tokenizer", 32000L, "llama3tokenizer", 128256L);

    private final LaunchFlags flags;
    private final Draft draft;

    VocabularyFlags(LaunchFlags flags, Draft draft) {
        this.flags = flags;
        this.draft = draft;
    }

    void put() {
        Optional<Found> padded = flags.anyOf("padded-vocab-size", "pad-vocab-size-to");
        long multiple =
                flags.count("make-vocab-size-divisible-by", PADDING) * flags.count("tensor-model-parallel-size", 1);
        Optional<Found> stated = flags.value("vocab-size");
        Optional<Found> tokenizer = flags.value("tokenizer-type");
        Optional<Long> known = flags.word("tokenizer-type").map(VOCABULARIES::get);
        String path = "job.model.vocabulary";
        if (padded.isEmpty()) {
            padding();
        }
        if (padded.isPresent()) {
            draft.read(path, Long.toString(padded.get().count()), padded.get());
        } else if (stated.isPresent()) {
            long words = stated.get().count();
            draft.infer(path, padded(words, multiple), stated.get(), words + " padded to a multiple of " + multiple);
        } else if (known.isPresent() && tokenizer.isPresent()) {
            draft.infer(
                    path,
                    padded(known.get(), multiple),
                    tokenizer.get(),
                    known.get() + " words padded to a multiple of " + multiple);
        } else {
            draft.assume(
                    path, padded(50257, multiple), "the script does not say how many words there are; GPT-2's, padded");
            tokenizer.ifPresent(this::warnOfTokenizer);
        }
    }

    private void warnOfTokenizer(Found found) {
        draft.log().note(Fate.IGNORED, found, "its words are not known here; see the warning");
        draft.log()
                .warn(Problem.at(
                        found.position(),
                        Problem.Kind.VALUE,
                        "the vocabulary of " + found.text() + " is not known here; that of GPT-2 is assumed",
                        "state it with --set job.model.vocabulary=N"));
    }

    /** {@code --make-vocab-size-divisible-by} counts where words are padded. */
    private void padding() {
        flags.flag("make-vocab-size-divisible-by")
                .ifPresent(found -> draft.log().note(Fate.READ, found, "words are padded to a multiple of it"));
    }

    private static String padded(long words, long multiple) {
        return Long.toString((words + multiple - 1) / multiple * multiple);
    }
}
