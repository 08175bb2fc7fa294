package trainyard.scenario.importing.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** What bash would make of a text, as far as that can be known without running it. */
class ShellScriptTest {

    private static ShellScript script(String text) {
        return ShellScript.read(new SourceText("run.sh", text), comments -> Map.of());
    }

    /** The words of the last command. */
    private static String last(String text) {
        ShellScript script = script(text);
        return String.join(
                " ",
                script.texts().get(script.texts().size() - 1).words().stream()
                        .map(TracedText::text)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "A=1; echo $A ${A}             | echo 1 1",
                "A='$B'; echo $A               | echo $B",
                "A=2; B=\"x$A\"; echo \"$B\"   | echo x2",
                "echo \"a\\$b\"                | echo a$b",
                "echo ${A:-7} ${A-8}           | echo 7 8",
                "A=5; echo ${A:-7}             | echo 5",
                "echo ${A:-${B:-9}}            | echo 9",
                "A=; echo a${A:-7}b${A-8}c     | echo a7bc",
                "A=; echo a${A=8}b${A:=7}c$A   | echo ab7c7",
                ": ${A:=2} ${B=3}; echo $A $B  | echo 2 3",
                "A=5; : ${A:=2}; echo $A       | echo 5",
                ": \"${A:=${B:=4}}\"; echo $A$B | echo 44",
                "if false; then : ${A:=2}; fi; echo ${A:-1} | echo 1",
                "if false; then case ${A:=2} in 2) B=1;; esac; fi; echo ${A:-1} | echo 1",
                "A=(1 '2 3'); echo ${A[@]}     | echo 1 2 3",
                "A=(1); A+=(2); echo \"${A[*]}\" | echo 1 2",
                "A=1; A+=2; echo $A            | echo 12",
                "A=4; echo $((A * $A + ${A} / 2)) | echo 18",
                "echo $((-(2 + 3) % 3))        | echo -2",
                "echo $(( ${W:-128} / 8 ))     | echo 16",
                "W=64; echo $((${W:-128}/8 - ${X-$((1 + 1))})) | echo 6",
                "A='2 + 3'; echo $(($A * 2))   | echo 8",
                "echo $((${W:=6} / 2)) $W \"$(( ${W} * 2 ))\" | echo 3 6 12",
                "if false; then A=$((${W:=6})); fi; echo ${W:-1} | echo 1",
                "echo a # b                    | echo a",
                "echo a#b                      | echo a#b",
                "export A=3; echo $A           | echo 3",
                "echo a > out.txt              | echo a",
                "echo a 2>&1                   | echo a",
                "echo a 2>&1 b                 | echo a b",
                "echo a 2> err.log 1>>out.log b | echo a b",
                "echo a 2>&- b >& log c        | echo a b c",
                "echo a b2>c d                 | echo a b2 d",
                "echo 2 > out.txt              | echo 2",
                "echo a 2> >(tee err.log >&2) b | echo a b",
                "echo a &> log b               | echo a b",
                "echo a <<< x b                | echo a b",
                "if [ 1 -lt 2 ]; then A=1; else A=2; fi; echo $A | echo 1",
                "A=x; if [[ $A == y ]]; then B=1; elif [[ $A == x ]]; then B=2; else B=3; fi; echo $B | echo 2",
                "[ -z \"$((1))\" ] && A=1; A=${A:-2}; echo $A | echo 2",
            })
    void isReadAsBashReadsIt(String text, String words) {
        assertThat(last(text)).isEqualTo(words);
    }

    /** The first branch with a pattern that fits runs; what is behind the word that ends it all is read as before. */
    @ParameterizedTest
    @CsvSource({
        "7B, small 1",
        "70B, large 1",
        "405B, large 1",
        "8x7B, moe 1",
        "tiny, other 1",
        "'', other 1",
    })
    void aBranchOfACaseIsFollowed(String size, String words) {
        String script = """
                SIZE="%s"
                N=0
                case "${SIZE}" in   # which model
                  7B) A=small ;;
                  (70B | 405B)
                    A=large
                    ;;
                  *x*)
                    if [ "$SIZE" = 8x7B ]; then A=moe; else A=wrong; fi;;
                  *) A=other
                esac
                N=1; echo $A $N
                """;
        assertThat(last(script.formatted(size))).isEqualTo("echo " + words);
        assertThat(script(script.formatted(size)).passedOver()).isEmpty();
    }

    @Test
    void casesMayStandInEachOther() {
        assertThat(last("A=x; B=y; case $A in x) case $B in x) C=1;; y) C=2;; esac; D=3;; *) C=4;; esac; echo $C$D"))
                .isEqualTo("echo 23");
        assertThat(last("A=z; case $A in x) case $B in x) C=1;; y) C=2;; esac;; z) C=4;; esac; echo $C"))
                .isEqualTo("echo 4");
    }

    /** Of an unknown word nothing is decided, but what all of its branches would set is named. */
    @Test
    void aCaseOfAnUnknownWordIsPassedOver() {
        ShellScript script = script("A=1\ncase $1 in\n x) A=2;;\n *) A=3;;\nesac\necho $A\n");
        assertThat(last("A=1\ncase $1 in\n x) A=2;;\n *) A=3;;\nesac\necho $A\n"))
                .isEqualTo("echo 1");
        assertThat(script.passedOver()).hasSize(1);
        assertThat(script.passedOver().get(0).position().line()).isEqualTo(3);
        assertThat(script("A=1; case $A in 1) B=1;& 2) C=1;; esac").passedOver())
                .hasSize(1);
        assertThat(script("case $A in x").passedOver()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "abc, abc, YES",
        "abc, ab, NO",
        "ab, abc, NO",
        "abc, a?c, YES",
        "ac, a?c, NO",
        "abc, *, YES",
        "'', *, YES",
        "'', ?, NO",
        "abc, *c, YES",
        "abcabd, *ab?, YES",
        "abcabd, *abc, NO",
        "a.c, a.c, YES",
        "axc, a.c, NO",
        "abab, a*b*b, YES",
        "ab, a*b*b, NO",
        "abc, abc**, YES",
        "abc, [a]bc, UNKNOWN",
    })
    void patternsFitAsInTheShell(String text, String pattern, Truth fits) {
        assertThat(ShellPattern.fits(Optional.of(traced(text)), traced(pattern)))
                .isEqualTo(fits);
    }

    /** One regular expression for the same would try all ways to share out the letters among the asterisks. */
    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void patternsOfManyAsterisksAreSoonDecided() {
        assertThat(ShellPattern.fits(Optional.of(traced("a".repeat(10_000))), traced("*a".repeat(100) + "b")))
                .isEqualTo(Truth.NO);
    }

    private static TracedText traced(String text) {
        TracedText.Builder builder = new TracedText.Builder();
        text.chars().forEach(letter -> builder.add((char) letter, 0));
        return builder.build();
    }

    @Test
    void linesMayBeContinued() {
        assertThat(last("echo a \\\n  b \\\r\n  c")).isEqualTo("echo a b c");
    }

    @Test
    void hereDocumentsArePassedOver() {
        assertThat(last("cat <<EOT > x\nA=\"\nEOT\necho done")).isEqualTo("echo done");
        assertThat(last("cat <<-EOT 2>&1\nA=\"\n\tEOT\necho done")).isEqualTo("echo done");
    }

    @Test
    void aValueKnowsItsLine() {
        ShellScript script = script("\nSIZE=12\necho --size $SIZE");
        TracedText command = script.texts().get(1);
        TracedText value = command.words().get(2);

        assertThat(script.position(value).line()).isEqualTo(2);
        assertThat(script.position(value).column()).isEqualTo(6);
    }

    /** Arithmetic commands, input and loops give variables values that are not followed; the one before is gone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "((A *= 2)) | ((A *= 2))",
                "((A++)) | ((A++))",
                "((--A)) | ((--A))",
                "((A = 1 << 2, B <= 2)) | ((A = 1 << 2, B <= 2))",
                "let A=A*2 | A=A*2",
                "read -r A | A",
                "for A in 1 2; do true; done | A",
                "unset A | $A",
            })
    void whatIsNotFollowedLeavesNoOldValue(String command, String unread) {
        ShellScript script = script("A=1; B=2\n" + command + "\nfinal $A $B");
        TracedText last = script.texts().get(script.texts().size() - 1);

        assertThat(last.words().get(1).isUnread()).isTrue();
        assertThat(script.unread(last)).isEqualTo(unread);
        assertThat(last.words().get(2).text()).isEqualTo("2");
        assertThat(last("A=1; ((A == 2)) || ((A >= 2)); echo $A")).isEqualTo("echo 1");
    }

    /** An arithmetic command whose value is 0 fails. */
    @ParameterizedTest
    @ValueSource(strings = {"((N > 100)) && A=2", "((N < 100)) || A=2", "let N-8 && A=2"})
    void whatFollowsArithmeticIsNotTakenForDone(String line) {
        ShellScript script = script("N=8; A=1\n" + line + "\necho $A");

        assertThat(last("N=8; A=1\n" + line + "\necho $A")).isEqualTo("echo 1");
        assertThat(script.passedOver())
                .singleElement()
                .satisfies(passage -> assertThat(passage.position().line()).isEqualTo(2));
    }

    @Test
    void whatOnlyAShellKnowsIsNamed() {
        ShellScript script = script("echo --nodes $1 --host $(hostname -f)");
        TracedText command = script.texts().get(0);

        assertThat(script.unread(command.words().get(2))).isEqualTo("$1");
        assertThat(command.words().get(4).isUnread()).isTrue();
    }

    @Test
    void loopsAndFunctionsAreNotFollowed() {
        ShellScript script = script("A=1\nfor i in 1 2; do A=2; done\nf() { A=3; }\nwhile true; do A=4; done\necho $A");

        assertThat(script.texts().get(script.texts().size() - 1).text().strip()).isEqualTo("echo 1");
        assertThat(script.passedOver()).hasSize(3);
    }

    /** What a branch that nobody knows of would set is named, whichever way it is written. */
    @Test
    void defaultsOfUnknownBranchesAreNamed() {
        ShellScript script = script("if [ $1 = a ]; then : ${A:=2}; fi; echo $A");

        assertThat(script.texts().get(script.texts().size() - 1).isUnread()).isTrue();
        assertThat(script.passedOver()).hasSize(1);
    }

    @Test
    void nothingIsExecuted() {
        ShellScript script =
                script("A=$(touch created-by-import); `touch created-by-import`; eval \"touch created-by-import\"");

        assertThat(script.texts()).isNotEmpty();
        assertThat(java.nio.file.Path.of("created-by-import")).doesNotExist();
    }

    @Test
    void valuesThatGrowWithoutEndAreRefused() {
        StringBuilder text = new StringBuilder("A=xxxxxxxxxx\n");
        text.append("A=\"$A$A\"\n".repeat(60));

        assertThatThrownBy(() -> script(text.toString()))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("grow beyond");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"echo \"a", "echo 'a", "echo $(a", "A=(1 2", "echo ${A", "echo `a", "echo $((1 + 2"})
    void whatIsNeverClosedIsRefused(String text) {
        assertThatThrownBy(() -> script(text))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("never closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$((${W} / 8))",
                "$(nvidia-smi -L | wc -l)",
                "`nvidia-smi -L`",
                "${A[$I]}",
                "${A:+--nodes 2}",
                "$1"
            })
    void whatIsNotKnownIsNamedWhole(String unknown) {
        ShellScript script = script("torchrun --nnodes " + unknown + " a.py");

        assertThat(script.texts()).singleElement().satisfies(text -> {
            assertThat(text.isUnread()).isTrue();
            assertThat(script.unread(text)).isEqualTo(unknown);
        });
    }

    @Test
    void deepNestingIsRefused() {
        String nested = "${A:-".repeat(5000) + "1" + "}".repeat(5000);

        assertThatThrownBy(() -> script("echo " + nested))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("too deep");
    }

    @Test
    void arithmeticThatIsNoneHasNoValue() {
        assertThat(ShellArithmetic.value("1 / 0", name -> Optional.empty())).isEmpty();
        assertThat(ShellArithmetic.value("(".repeat(9999), name -> Optional.empty()))
                .isEmpty();
        assertThat(ShellArithmetic.value("9223372036854775807 * 2", name -> Optional.empty()))
                .isEmpty();
        assertThat(ShellArithmetic.value("A ? 1 : 2", name -> Optional.of("1"))).isEmpty();
    }
}
