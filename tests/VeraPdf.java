import java.io.FileInputStream;
import java.io.InputStream;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF whether files are PDF/UA-1 and PDF/A-2a; docs/testing.md says how it is started. */
public class VeraPdf {
  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean allGood = true;
    for (String file : files) {
      for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A)) {
        try (InputStream content = new FileInputStream(file);
            PDFAParser parser = Foundries.defaultInstance().createParser(content, flavour)) {
          ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
          allGood &= result.isCompliant();
          System.out.printf("%s %s %s%n", file, flavour, result.isCompliant() ? "passes" : "FAILS");
          result.getTestAssertions().stream()
              .filter(each -> each.getStatus() == TestAssertion.Status.FAILED)
              .limit(10)
              .forEach(each -> System.out.printf("  %s %s%n", each.getRuleId(), each.getMessage()));
        }
      }
    }
    System.exit(allGood ? 0 : 1);
  }
}
