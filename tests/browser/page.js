// Does in a page what it is told, in Debian's Chromium, and prints what the page saw.
//
// The first argument is JSON: the page's address and steps. A step is a `fetch` by a script of the
// page, or a form that is filled in and sent.
import { chromium } from 'playwright-core'

const { page: address, steps } = JSON.parse(process.argv[2])
// Root, which CI is, has no sandbox to drop to.
const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
try {
  const page = await browser.newPage()
  const seen = []
  for (const step of steps) {
    await page.goto(address)
    seen.push(step.form ? await sent(page, step) : await page.evaluate(fetched, step))
  }
  console.log(JSON.stringify(seen))
} finally {
  await browser.close()
}

// Runs in the page.
async function fetched({ url, method, headers, body, fields, expose }) {
  if (fields) {
    body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    body.append('file', new File(['from a script'], 'script.txt'))
  }
  try {
    const answer = await fetch(url, { method, headers, body })
    return {
      status: answer.status,
      body: await answer.text(),
      header: answer.headers.get(expose ?? 'etag'),
    }
  } catch (error) {
    return { blocked: String(error) }
  }
}

// A form of HTML that a person fills in.
async function sent(page, { form: { url, fields } }) {
  await page.setContent(`<form method=post enctype=multipart/form-data>
    <input type=file name=file><button>Send</button></form>`)
  await page.evaluate(({ url, fields }) => {
    const form = document.forms[0]
    form.action = url
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement('input')
      Object.assign(input, { type: 'hidden', name, value })
      form.prepend(input)
    }
  }, { url, fields })
  const file = { name: '고양이 "1".txt', mimeType: 'text/plain', buffer: Buffer.from('by a form') }
  await page.setInputFiles('input[type=file]', file)
  const answered = page.waitForResponse((it) => it.request().method() === 'POST')
  await page.click('button')
  const status = (await answered).status()
  await page.waitForLoadState()
  return { status, url: page.url(), body: await page.textContent('html') }
}
