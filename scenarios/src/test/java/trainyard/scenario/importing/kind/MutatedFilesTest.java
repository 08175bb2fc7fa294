package trainyard.scenario.importing.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** A damaged file becomes a scenario or a message; nothing else is thrown, whatever was changed, and none takes long. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutatedFilesTest {

    /** Of each file; at least a thousand of each kind. */
    private static final int MUTATIONS = 340;

    /** Another one is tried with -Dtrainyard.seed=N. */
    private static final long SEED = Long.getLong("trainyard.seed", 20_261_122);

    private static final String SPECIAL = "\"'{}[]()$`\\#=-,:0123456789\n \t\u0000\uFFFCe.";

    @ParameterizedTest
    @CsvSource({
        "DEEPSPEED, zero-infinity.json",
        "DEEPSPEED, ds_config.json",
        "DEEPSPEED, megatron-gpt2-zero2.json",
        "DEEPSPEED, autoep-zero1.json",
        "MEGATRON, bloom-176b.slurm",
        "MEGATRON, mixtral-8x7b.sh",
        "MEGATRON, llama3-8b-fp8.sh",
        "MEGATRON, moe-1.3b-128.sh",
        "MEGATRON, zero3-1t.sh",
        "CALCULON, 3072_t4_p64_d12_mbs4_full.json",
        "CALCULON, megatron-1T.json",
        "CALCULON, a100_80g.json",
        "KUBERNETES, kueue-queues.yaml",
    })
    void aDamagedFileIsReadOrRefused(ImportKind kind, String name) {
        Random random = new Random(SEED);
        String text = Samples.file(kind, name).text();
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            SourceText damaged = new SourceText(name, damaged(text, random));
            refused += isRefused(kind, damaged) ? 1 : 0;
        }
        assertThat(refused).as("damaged files that were refused").isBetween(1, MUTATIONS - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"llama-3.1-8b.json", "gpt2.json", "mixtral-8x7b.json", "llama-4-scout.json", "gemma-3-4b.json"})
    void aDamagedModelIsReadOrRefused(String name, @TempDir Path folder) throws IOException {
        Random random = new Random(SEED);
        String text = Files.readString(Path.of("src/test/resources/trainyard/huggingface", name));
        Path file = folder.resolve(name);
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            String damaged = damaged(text, random);
            Files.writeString(file, damaged);
            refused += isRefused(ImportKind.HUGGINGFACE, new SourceText(file.toString(), damaged)) ? 1 : 0;
        }
        assertThat(refused).as("damaged files that were refused").isBetween(1, MUTATIONS - 1);
    }

    private static boolean isRefused(ImportKind kind, SourceText damaged) {
        try {
            kind.read(List.of(damaged), Target.none()).yaml();
            return false;
        } catch (ScenarioException refused) {
            assertThat(refused.problems())
                    .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
            return true;
        } catch (RuntimeException | StackOverflowError crash) {
            throw new AssertionError("crashed on:\n" + damaged.text(), crash);
        }
    }

    private static String damaged(String text, Random random) {
        String changed = text;
        for (int i = 0; i <= random.nextInt(3); i++) {
            changed = random.nextInt(3) == 0 ? otherLines(changed, random) : otherCharacters(changed, random);
        }
        return changed;
    }

    private static String otherCharacters(String text, Random random) {
        if (text.isEmpty()) {
            return "{";
        }
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(4));
        int special = random.nextInt(SPECIAL.length());
        String inserted = SPECIAL.substring(special, special + 1).repeat(random.nextInt(40) == 0 ? 2000 : 1);
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + inserted + text.substring(to);
            case 2 -> text.substring(0, from) + inserted + text.substring(from);
            default -> random.nextInt(8) == 0 ? text.substring(0, from) : text + text.substring(from, to);
        };
    }

    private static String otherLines(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int line = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(random.nextInt(lines.size()), lines.get(line));
            default -> Collections.swap(lines, line, random.nextInt(lines.size()));
        }
        return String.join("\n", lines);
    }
}
