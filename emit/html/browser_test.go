package html_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/runwisp/runwisp/emit/html"
)

// findBrowser returns a chromium. Without one the test says so where nobody
// can miss it.
func findBrowser(t *testing.T) string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	fmt.Fprintln(os.Stderr, "NO CHROMIUM ON PATH: nothing is known about how the HTML page behaves in a browser")
	t.Skip("no chromium on PATH")
	return ""
}

// startBrowser starts a browser that ends with the test.
func startBrowser(t *testing.T) context.Context {
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(findBrowser(t)),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1400, 1000),
	)
	allocated, end := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(end)
	browser, shut := chromedp.NewContext(allocated)
	t.Cleanup(shut)
	if err := chromedp.Do(browser); err != nil {
		t.Fatal(err)
	}
	return browser
}

// A tab shows one page.
type tab struct {
	*testing.T
	ctx context.Context
	url string

	mutex      sync.Mutex
	complaints []string
}

// open shows the page of an input in a tab of its own. Whatever the page, or
// the browser about it, complains of fails the test.
func open(t *testing.T, browser context.Context, in html.Input, before ...step) *tab {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(render(t, in)), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, shut := chromedp.NewContext(browser)
	t.Cleanup(shut)
	p := &tab{T: t, ctx: ctx, url: "file://" + filepath.ToSlash(file)}
	if err := chromedp.Listen(ctx, p.listen); err != nil {
		t.Fatal(err)
	}
	p.do(append(before, chromedp.Navigate(p.url))...)
	t.Cleanup(func() {
		for _, text := range p.takeComplaints() {
			t.Error(text)
		}
	})
	return p
}

// listen collects what the page complains of.
func (p *tab) listen(event any) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	switch event := event.(type) {
	case *runtime.EventConsoleAPICalled:
		p.complaints = append(p.complaints, fmt.Sprintf("the page wrote a %s to the console", event.Type))
	case *runtime.EventExceptionThrown:
		p.complaints = append(p.complaints, "the script failed: "+event.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		p.complaints = append(p.complaints, "the browser says: "+event.Entry.Text)
	case *page.EventJavascriptDialogOpening:
		p.complaints = append(p.complaints, "the page opened a dialog: "+event.Message)
	}
}

// takeComplaints returns the complaints so far, and forgets them. The answer
// of the browser comes after whatever it had to report before.
func (p *tab) takeComplaints() []string {
	p.Helper()
	p.eval("0")
	p.mutex.Lock()
	defer p.mutex.Unlock()
	list := p.complaints
	p.complaints = nil
	return list
}

// A step is something to do that has no result.
type step = chromedp.Action[chromedp.Void]

func (p *tab) do(steps ...step) {
	p.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.Fatal(err)
	}
}

// result returns the value of an expression.
func result[T any](p *tab, expression string) T {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.Fatal(err)
	}
	return value
}

// eval returns the text of an expression.
func (p *tab) eval(expression string) string {
	p.Helper()
	return result[string](p, "String("+expression+")")
}

func (p *tab) expect(expression, want string) {
	p.Helper()
	if got := p.eval(expression); got != want {
		p.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// hover moves the mouse to the text of a line.
func (p *tab) hover(id string) {
	p.Helper()
	x, y := p.middle(id)
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y))
}

func (p *tab) click(id string) {
	p.Helper()
	x, y := p.middle(id)
	p.do(chromedp.MouseClickXY(x, y))
}

func (p *tab) middle(id string) (x, y float64) {
	p.Helper()
	at := result[[]float64](p, fmt.Sprintf(`(() => {
		const code = document.querySelector("#%s code");
		code.scrollIntoView({ block: "center" });
		const r = code.getClientRects()[0];
		return [r.x + r.width / 2, r.y + r.height / 2];
	})()`, id))
	return at[0], at[1]
}

func (p *tab) press(keys ...string) {
	p.Helper()
	p.do(chromedp.KeyEvent(strings.Join(keys, "")))
}

// Expressions about the page.
const (
	lit     = `[...document.querySelectorAll(".lit")].map((e) => e.id).join(" ")`
	focused = `document.activeElement.closest(".line")?.id`
)

// visible is an expression for the number of elements that can be seen.
func visible(selector string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%q)].filter((e) => e.offsetHeight > 0).length`, selector)
}

// twoLines is an input that has one line of the source become several of the
// output, and the other way round.
func twoLines() html.Input {
	return importText("x.conf", "[supervisord]\n[program:a]\nenvironment=A=one,B=two\ncommand=/bin/a\n  --more\nuser=root\nstopsignal=NOPE\nnonsense=1\n")
}

func TestInBrowser(t *testing.T) {
	browser := startBrowser(t)
	for _, tt := range []struct {
		name string
		test func(t *testing.T, browser context.Context)
	}{
		{"hover", testHover},
		{"click", testClick},
		{"keyboard", testKeyboard},
		{"hash", testHash},
		{"filters", testFilters},
		{"rows", testRows},
		{"large", testLarge},
		{"no script", testNoScript},
		{"hostile", testHostile},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, browser) })
	}
}

func testHover(t *testing.T, browser context.Context) {
	in := twoLines()
	p := open(t, browser, in)
	p.hover("s1-L3")
	p.expect(lit, "s1-L3 "+strings.Join(linesFrom(in, 3), " "))
	p.hover("s1-L5")
	run := linesFrom(in, 5)
	p.expect(lit, "s1-L5 "+strings.Join(run, " "))
	p.expect(`document.getElementById("s1-L4").className.includes("kin")`, "true")
	p.hover(run[0])
	p.expect(lit, "s1-L4 s1-L5 "+run[0])
	p.hover("s1-L8")
	p.expect(lit, "s1-L8")
}

// linesFrom returns the ids of the output lines that came from a line of the
// only file.
func linesFrom(in html.Input, line int) []string {
	var ids []string
	for _, l := range in.Output.Lines {
		start, end := l.Origin.StartPosition().Line, l.Origin.EndPosition().Line
		if start <= line && line <= end {
			ids = append(ids, fmt.Sprintf("t-L%d", l.Last))
		}
	}
	return ids
}

func testClick(t *testing.T, browser context.Context) {
	in := twoLines()
	p := open(t, browser, in)
	user := linesFrom(in, 6)[0]
	p.click("s1-L6")
	p.expect("location.hash", "#"+user)
	p.expect(focused, user)
	p.click(user)
	p.expect("location.hash", "#s1-L6")
	p.do(
		chromedp.Evaluate[chromedp.Void]("history.back()"),
		chromedp.Poll[chromedp.Void](fmt.Sprintf("%s === %q", focused, user)),
	)
	p.expect(focused, user)
}

func testKeyboard(t *testing.T, browser context.Context) {
	in := twoLines()
	p := open(t, browser, in)
	stops := map[string]bool{}
	for range 12 {
		p.press(kb.Tab)
		stops[p.eval(`document.activeElement.id || document.activeElement.closest("section")?.id || ""`)] = true
	}
	for _, want := range []string{"show-error", "show-note", "show-quiet", "source", "toml"} {
		if !stops[want] {
			t.Errorf("Tab never comes to %s: %v", want, stops)
		}
	}
	p.do(chromedp.Focus(chromedp.CSS("#s1-L2 a.no")))
	p.expect(focused, "s1-L2")
	p.press(kb.ArrowDown)
	p.expect(focused, "s1-L3")
	p.press(kb.ArrowUp)
	p.expect(focused, "s1-L2")
	p.press(kb.ArrowDown, kb.ArrowDown, kb.ArrowDown, kb.ArrowDown)
	p.expect(focused, "s1-L6")
	user := linesFrom(in, 6)[0]
	p.expect(lit, "s1-L6 "+user)
	p.press(kb.ArrowRight)
	p.expect(focused, user)
	p.press(kb.ArrowRight)
	p.expect(focused, user)
	p.press(kb.ArrowLeft)
	p.expect(focused, "s1-L6")
	p.press(kb.Enter)
	p.expect(focused, user)
	p.expect("location.hash", "#"+user)
	p.expect(`document.querySelectorAll("#toml a.no[tabindex='0']").length`, "1")
	p.press(kb.Escape)
	p.expect(lit, "")
	p.expect("document.activeElement.tagName", "BODY")
}

func testHash(t *testing.T, browser context.Context) {
	p := open(t, browser, twoLines())
	p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(p.url+"#s1-L6"))
	p.expect(`document.querySelector("#source .lit").id`, "s1-L6")
}

func testFilters(t *testing.T, browser context.Context) {
	p := open(t, browser, twoLines())
	for _, level := range []string{"error", "note"} {
		found := ".sides .finding." + level
		if p.eval(visible(found)) == "0" {
			t.Fatalf("no %s to hide", level)
		}
		p.do(chromedp.Focus(chromedp.CSS("#show-" + level)))
		p.press(" ")
		p.expect(visible(found), "0")
		p.expect(fmt.Sprintf(`getComputedStyle(document.querySelector("mark.%s")).textDecorationLine`, level), "none")
		p.press(" ")
		if p.eval(visible(found)) == "0" {
			t.Errorf("the %ss do not come back", level)
		}
	}
	p.expect(visible(".finding.quiet"), "0")
	p.do(chromedp.Click(chromedp.CSS("#show-quiet")))
	p.expect(visible(".finding.quiet"), "1")
}

// top is an expression for where a line stands.
func top(id string) string {
	return fmt.Sprintf("document.getElementById(%q).getBoundingClientRect().top", id)
}

// apart is an expression for how far two elements are from standing side by
// side, in whole pixels.
func apart(a, b string) string { return fmt.Sprintf("Math.round(%s - %s)", top(a), top(b)) }

func testRows(t *testing.T, browser context.Context) {
	in := twoLines()
	p := open(t, browser, in)
	header, user := linesFrom(in, 2)[0], linesFrom(in, 6)[0]
	p.expect(apart("s1-L2", header), "0")
	p.expect(apart("s1-L6", user), "0")
	p.do(chromedp.Click(chromedp.CSS("#show-quiet")), chromedp.Click(chromedp.CSS("#show-error")))
	p.expect(apart("s1-L6", user), "0")
	p.do(chromedp.EmulateViewport(400, 800))
	p.expect(fmt.Sprintf("%s > %s", top("t-L1"), top("s1-L8")), "true")
	p.expect(visible(".gap"), "0")
	p.expect("document.documentElement.scrollWidth", "400")
}

func testLarge(t *testing.T, browser context.Context) {
	in := importText("large.conf", largeText(550))
	p := open(t, browser, in)
	last := 1 + 550*9
	p.hover(fmt.Sprintf("s1-L%d", last-5))
	user := linesFrom(in, last-5)[0]
	if got := p.eval(lit); !strings.Contains(got, user) {
		t.Errorf("lit is %q, want %s in it", got, user)
	}
	p.expect(apart(fmt.Sprintf("s1-L%d", last-5), user), "0")
}

func testNoScript(t *testing.T, browser context.Context) {
	in := twoLines()
	p := open(t, browser, in, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	p.expect(`document.documentElement.className`, "")
	p.expect(visible(".line"), p.eval(`document.querySelectorAll(".line").length`))
	if p.eval(visible(".sides .finding.note")) == "0" {
		t.Error("no notes are shown")
	}
	p.do(chromedp.Click(chromedp.CSS("#show-note")))
	p.expect(visible(".sides .finding.note"), "0")
	p.do(chromedp.Click(chromedp.CSS("#s1-L6 a.no")))
	p.expect("location.hash", "#"+linesFrom(in, 6)[0])
}

func testHostile(t *testing.T, browser context.Context) {
	p := open(t, browser, hostileInput())
	p.expect("document.scripts.length", "1")
	p.expect("document.images.length", "0")
	p.hover("s1-L2")
	p.expect(lit+`.startsWith("s1-L2")`, "true")
	if list := p.takeComplaints(); len(list) > 0 {
		t.Errorf("complaints: %q", list)
	}
	// The browser itself refuses what the page did not bring.
	p.expect(`(() => {
		const script = document.createElement("script");
		script.textContent = "window.ran = true";
		document.body.append(script);
		return window.ran;
	})()`, "undefined")
	if list := p.takeComplaints(); len(list) != 1 || !strings.Contains(list[0], "Content Security Policy") {
		t.Errorf("complaints about a script that is not of the page: %q", list)
	}
}
