// The one page: a form, and what is there.

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text) => String(text).replace(/[&<>"']/g, (it) => ENTITIES[it]);
const inKiB = (bytes) => `${Math.max(1, Math.round(bytes / 1024))} KiB`;

const figure = ({ key, size, url }) => `
    <figure>
      <img loading="lazy" alt="" src="${escaped(url)}">
      <figcaption>${inKiB(size)} <button data-delete="/${escaped(key)}">Delete</button></figcaption>
    </figure>`;

const SCRIPT = `
for (const button of document.querySelectorAll('[data-delete]')) {
  button.addEventListener('click', async () => {
    await fetch(button.dataset.delete, { method: 'DELETE' });
    location.reload();
  });
}`;

export const page = (images, bytesMax) => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Images</title>
  <style>
    body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
    form { margin: 1em 0 }
    main { display: grid; grid-template-columns: repeat(auto-fill, minmax(12em, 1fr)); gap: 1em }
    figure { margin: 0 }
    img { width: 100%; aspect-ratio: 1; object-fit: cover; background: #eee }
  </style>
</head>
<body>
  <h1>Images</h1>
  <form method="post" action="/images" enctype="multipart/form-data">
    <input type="file" name="images" accept="image/*" multiple required>
    <button>Upload</button> (at most ${inKiB(bytesMax)} each)
  </form>
  <main>${images.map(figure).join('') || '\n    <p>Nothing yet.</p>'}
  </main>
  <script>${SCRIPT}</script>
</body>
</html>
`;
